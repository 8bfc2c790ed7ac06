package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.ModelFolders;
import java.util.concurrent.Executor;

/**
 * What images are made with.
 *
 * @param folders of the bundled models
 * @param thread computes, one thing after the other; the window's end waits for it
 * @param runs where what is made is recorded
 */
public record ImageWork(ModelFolders folders, Executor thread, RunFolder runs) {}
