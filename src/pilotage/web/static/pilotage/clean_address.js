// What Microsoft has answered stands in the address. It has been read, and is of no use to whoever
// looks at the address bar or the history.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);
