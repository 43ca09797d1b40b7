package io.meshwright.value.security;

import io.meshwright.value.Doc;

/** Effect of a policy: it decides, or only reports what it would decide ({@code istio.io/dry-run}). */
@Doc("DRY_RUN: policies report what they would refuse and refuse nothing. ENFORCE: they refuse.")
public enum Enforcement {
    DRY_RUN,
    ENFORCE
}
