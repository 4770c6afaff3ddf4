/** The contract of a store, and what its tests are made of. */
@NullMarked
package io.github.lightragmigrate.testkit;

import org.jspecify.annotations.NullMarked;
