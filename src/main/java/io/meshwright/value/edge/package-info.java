/** Work of a gateway on requests and answers before and beside the services: headers, limits, pages of its own. */
@NullMarked
package io.meshwright.value.edge;

import org.jspecify.annotations.NullMarked;
