/** Rules over routes of services, and over releases that share out their requests. */
@NullMarked
package io.meshwright.environment.agreement.route;

import org.jspecify.annotations.NullMarked;
