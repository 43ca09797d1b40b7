/** Rules of the house about its own code: who imports whom, how objects are made, where null may be. */
package io.meshwright.house.code;
