package io.meshwright.trace.answer;

import java.util.List;

/** A place that a request passes, such as a gateway's pod, with the steps there in order. */
public record PathHop(String where, List<PathStep> steps) {}
