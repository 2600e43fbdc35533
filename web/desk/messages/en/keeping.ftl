### Keeping: disk space, how long recordings stay, refusals of other sites.

error-other_host = This centre was opened by a name that is not its own. Open it at the address that the administrator gave you.
error-other_site = The request came from another site and was not carried out.
