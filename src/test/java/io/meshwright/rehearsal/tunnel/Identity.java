package io.meshwright.rehearsal.tunnel;

/** A workload's certificate chain, its key and the root that it trusts, as PEM. */
record Identity(String chain, String key, String root) {}
