/** Pages for people: the one writer of Markdown, and the pages that are made of values alone. */
package io.meshwright.page;
