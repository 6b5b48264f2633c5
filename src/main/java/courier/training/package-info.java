/**
 * Makes the next start of Courier fast: runs it under a load, and keeps for the virtual machine
 * what it learnt meanwhile. Knows Courier only from outside, by its command line, its ports and
 * what it answers, so that nothing of this room is in what is kept.
 */
package courier.training;
