// Sends the answer of response_mode=form_post on; without JavaScript the button does it.
document.querySelector("form").submit();
