package dev.unmask.app.tokens;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.session.RunList;

/**
 * What debugging needs beside the run.
 *
 * @param draft of the next branch
 * @param runs that there are
 * @param images the run of images, which branches too
 * @param compared the run beside another
 */
public record Debugging(
    BranchViewModel draft, RunList runs, ImagesViewModel images, CompareViewModel compared) {}
