/** Programs of others that print manifests, kustomize and helm; each is started where somebody asks for it alone. */
@NullMarked
package io.meshwright.cli.program;

import org.jspecify.annotations.NullMarked;
