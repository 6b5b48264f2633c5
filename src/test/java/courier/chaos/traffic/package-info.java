/** Who sends and who listens during a run, each telling the ledger. */
package courier.chaos.traffic;
