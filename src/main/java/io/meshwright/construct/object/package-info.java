/** The one place where a Kubernetes object that was built as plain Java is handed to cdk8s. */
package io.meshwright.construct.object;
