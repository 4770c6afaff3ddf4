/** Faults of every kind against the built command line; nothing may be lost. */
package io.github.lightragmigrate.faults;
