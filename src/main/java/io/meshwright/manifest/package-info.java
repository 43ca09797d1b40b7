/**
 * The manifests as the YAML says them: the objects of files, folders, standard input and texts, each with its place; no
 * cdk8s, no Node, no cluster.
 */
@NullMarked
package io.meshwright.manifest;

import org.jspecify.annotations.NullMarked;
