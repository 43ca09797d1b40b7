package io.meshwright.plan.request;

import io.meshwright.plan.change.ChangeRule;

/** One way in which a request fares otherwise than before, in words without places. */
record Difference(ChangeRule rule, String before, String after) {}
