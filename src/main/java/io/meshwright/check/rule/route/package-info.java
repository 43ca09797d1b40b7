/** Rules for VirtualServices and routes of the Gateway API. */
package io.meshwright.check.rule.route;
