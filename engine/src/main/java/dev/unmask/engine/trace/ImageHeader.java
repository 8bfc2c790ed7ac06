package dev.unmask.engine.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image run was, as it stands in its trace's metadata.
 *
 * @param process the noise process
 * @param sampler empty in a forward trace
 * @param settings every setting by name: a Boolean, Integer, Double or String
 * @param labels the class of each image; none where the model knows no classes
 * @param guidance w of classifier-free guidance, 0 for none
 * @param source where the images came from that the run started with, if not from noise
 * @param version of the program that wrote it
 */
public record ImageHeader(
    TraceHeader.Model model,
    BatchShape shape,
    String process,
    String sampler,
    Map<String, Object> settings,
    List<Integer> labels,
    double guidance,
    long seed,
    Optional<String> source,
    String version) {}
