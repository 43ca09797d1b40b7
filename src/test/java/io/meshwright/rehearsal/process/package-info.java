/** Programs that a rehearsal starts, the ports that they have, and how long it waits for them. */
package io.meshwright.rehearsal.process;
