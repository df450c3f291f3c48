"""The outbox: a mail is a row and a job in the transaction of the change it tells about."""
