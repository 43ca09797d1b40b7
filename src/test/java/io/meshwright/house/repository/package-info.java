/**
 * Files of this repository against what they say and what is made of them: pages, examples, workflows, environments.
 */
package io.meshwright.house.repository;
