/** Words that environments, constructs and checks share: each refuses a bad value where it is made, without any I/O. */
package io.meshwright.value;
