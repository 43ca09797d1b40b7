package io.meshwright.plan.side;

/** What is compared: a mesh as it is, and as a change would make it. */
public record Sides(Side before, Side after) {}
