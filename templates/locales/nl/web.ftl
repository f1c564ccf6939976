# De pagina's.

home-title = Wat op u wacht
