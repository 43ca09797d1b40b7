package io.meshwright.trace;

import java.util.List;

/** A place that a request passes, such as a gateway's pod, and what happens there in order. */
public record Hop(String where, List<Step> steps) {}
