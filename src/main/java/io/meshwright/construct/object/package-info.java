/** The one place where a Kubernetes object that was built as plain Java is handed to cdk8s. */
@NullMarked
package io.meshwright.construct.object;

import org.jspecify.annotations.NullMarked;
