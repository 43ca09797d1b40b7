/** Rules over what is installed: releases, add-ons, namespaces, revisions and volumes. */
@NullMarked
package io.meshwright.environment.agreement.installation;

import org.jspecify.annotations.NullMarked;
