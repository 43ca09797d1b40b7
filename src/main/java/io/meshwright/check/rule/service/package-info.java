/** Rules for Services and their ports. */
package io.meshwright.check.rule.service;
