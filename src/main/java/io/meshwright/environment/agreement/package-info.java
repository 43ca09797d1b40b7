/** What must fit together in one environment file: one rule per file, all of them in one registry. */
package io.meshwright.environment.agreement;
