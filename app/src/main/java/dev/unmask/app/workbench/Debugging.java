package dev.unmask.app.workbench;

/**
 * What debugging needs beside the run.
 *
 * @param draft of the next branch
 * @param branches that there are
 * @param compared the run beside another
 */
record Debugging(BranchDraft draft, Branches branches, Compared compared) {}
