/** The parts of a platform that others run: stores of secrets, issuers of certificates, receivers of alerts. */
package io.meshwright.house.platform;
