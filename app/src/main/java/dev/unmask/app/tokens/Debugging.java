package dev.unmask.app.tokens;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.session.Branches;

/**
 * What debugging needs beside the run.
 *
 * @param draft of the next branch
 * @param branches that there are
 * @param images the run of images, which branches too
 * @param compared the run beside another
 */
public record Debugging(
    BranchViewModel draft, Branches branches, ImagesViewModel images, CompareViewModel compared) {}
