/** What an environment decides about its monitoring, and the facts of each tool that follow; no cdk8s, no I/O. */
package io.meshwright.construct.observability.settings;
