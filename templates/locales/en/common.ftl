# What is on every page, and words that every area uses.

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

frame-skip = Skip to content
frame-language = Language
frame-menu = Main menu
frame-sign-out = Sign out
frame-today = Today is { $day }.

menu-start = Start
menu-applications = Applications
menu-loans = Loans
menu-bank = Bank
menu-payment-orders = Payment orders
menu-collections = Collections
menu-funds = Funds
menu-letters = Letters
menu-jobs = Jobs

role-administrator = Administrator
role-housing_desk = Housing desk
role-loan_officer = Loan officer
role-committee_member = Committee member
role-accountant = Accountant
role-manager = Manager
role-system = Energiehuis

sign-in-title = Sign in
sign-in-lead = Welcome to the Energiehuis. Sign in with your account.
sign-in-email = E-mail address
sign-in-password = Password
sign-in-do = Sign in
sign-in-help = No account, or forgot your password? Ask your administrator.
sign-in-wrong = This e-mail address and this password do not belong together. Check them and try again.
sign-in-wait = Too many wrong passwords. Wait a quarter of an hour, then try again.

error-invalid-title = Some of the data is not right
error-invalid-body = Nothing was saved. Go back, correct this and send it again.
error-not-found-title = This page does not exist
error-not-found-body = The address is wrong, or you may not see this page.
error-forbidden-title = You may not do this
error-forbidden-body = Your role gives no access to this page. Do you need it for your work? Ask the administrator.
error-refused-title = This cannot be done
error-refused-body = Nothing has changed, for this reason:
error-conflict-title = Somebody was before you
error-conflict-body = Nothing has changed, for this reason:
conflict-key = This key was used before with another request. Use a new key.
error-defect-title = Something went wrong on our side
error-defect-body = Nothing was saved. Try again later. If it goes on, pass on this number:
error-cross-site-title = This form came from another website
error-cross-site-body = For your safety nothing was done. Open the page again and fill in the form here.
error-method-title = This page cannot do that
error-method-body = This page cannot be used in this way.
error-too-large-title = This file is too large
error-too-large-body = Nothing was saved. Choose a smaller file.
error-unreadable-title = This form could not be read
error-unreadable-body = Nothing was saved. Go back, check what you filled in and send it again.
error-incident = Number:
error-home = To the start page

user-email-wrong = This is not an e-mail address; write it like name@municipality.be.
user-name-missing = The name is missing.
user-role-system = This role is for the house itself; choose a role for people.
user-municipality-missing = A housing desk belongs to one municipality: give its NIS code, such as 34022 for Kortrijk.
user-municipality-unknown = This NIS code is not one of our municipalities.
user-password-short = The password is too short: take one of at least { $least } characters.
user-email-taken = There is already an account with this e-mail address.
user-language-unknown = Choose nl or en as the language.
user-token-label-missing = Say what the token is for.
user-token-days-wrong = A token works for 1 to { $most } days.
user-unknown = There is no account with this e-mail address.
