package io.meshwright.trace.answer;

/**
 * The path of a part of the requests from a fork on; {@code part} is the part of them between 0 and 1 that takes it.
 */
public record PathBranch(double part, String label, Path path) {}
