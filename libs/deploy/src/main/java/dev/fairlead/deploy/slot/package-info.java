/// Numbered instances of an environment: who has which, how they stand, which may go. States, verbs and rules that every
/// target shares; what a target has to keep for them is {@link dev.fairlead.deploy.slot.SlotPort}. {@link
/// dev.fairlead.deploy.slot.Verdict} and {@link dev.fairlead.deploy.slot.SlotState} decide purely, over what {@link
/// dev.fairlead.deploy.slot.Slots} has read.
@NullMarked
package dev.fairlead.deploy.slot;

import org.jspecify.annotations.NullMarked;
