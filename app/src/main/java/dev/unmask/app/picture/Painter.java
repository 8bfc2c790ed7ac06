package dev.unmask.app.picture;

/** Paints a frame. */
@FunctionalInterface
public interface Painter extends Drawing<Frame> {}
