/** Lets a kustomize binary build folders, where somebody names one. */
@NullMarked
package io.meshwright.cli.kustomize;

import org.jspecify.annotations.NullMarked;
