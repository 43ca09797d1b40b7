/** What stands in for controllers and machines that a rehearsal has not. */
package io.meshwright.rehearsal.standin;
