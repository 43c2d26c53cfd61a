/// Who is at work on an environment and how far: the record with lease and fencing token, intents and results, the kept
/// revisions. The rules are here; where the bytes lie is the target's business ({@link
/// dev.fairlead.deploy.journal.Store}).
@NullMarked
package dev.fairlead.deploy.journal;

import org.jspecify.annotations.NullMarked;
