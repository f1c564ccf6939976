# Problems that programs get (RFC 9457).

api-invalid-title = Some fields are not right
api-invalid-detail = Nothing was written. Each entry of “errors” names a field and says what would be right.
api-no-token-title = No token, or one that does not work
api-no-token-detail = Send the header “Authorization: Bearer” with a token that an administrator gave you and that has not expired.
api-no-key-title = The header “Idempotency-Key” is missing
api-no-key-detail = Send a key of your own with every event, and the same key when you send the event again: it is then recorded once.
api-not-found-title = This does not exist
api-not-found-detail = The address is wrong, or you may not see what is there.
api-forbidden-title = You may not do this
api-forbidden-detail = The role of the user behind your token does not allow it.
api-refused-title = A rule says no
api-conflict-title = Somebody else was first
api-unreadable-title = The body is not the JSON that was expected
api-defect-title = Something went wrong on our side
api-defect-detail = Nothing was written. Try again later; if it goes on, pass on the number of “instance”.
