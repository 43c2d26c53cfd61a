/// The builtin `postgres`: the binaries of a jar, extracted once per user; one postmaster per `.fairlead` folder as an
/// ordinary process; databases and roles made over its Unix socket. There is no psql in the binaries and JDBC is not for
/// this module, so a few lines of the wire protocol do.
///
/// As root the programs run in a user namespace (`unshare -U`), because PostgreSQL refuses to be root. TCP on 127.0.0.1
/// asks for a password (SCRAM); the socket lies in a folder of mode 0700 and trusts its owner.
@NullMarked
package dev.fairlead.target.local.postgres;

import org.jspecify.annotations.NullMarked;
