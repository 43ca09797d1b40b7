package io.meshwright.plan.side;

/** The two that are compared: a mesh as it is, and as a change would make it. */
public record Sides(Side before, Side after) {}
