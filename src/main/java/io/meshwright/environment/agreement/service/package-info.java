/** Rules over services beside each other, and over how their calls behave. */
@NullMarked
package io.meshwright.environment.agreement.service;

import org.jspecify.annotations.NullMarked;
