/** Rules of the house as tests: what holds for the whole program and for everything that it wrote. */
package io.meshwright.house;
