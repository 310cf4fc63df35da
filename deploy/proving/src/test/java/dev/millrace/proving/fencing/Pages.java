package dev.millrace.proving.fencing;

import java.util.List;

/** Where the orders come from. */
interface Pages {

    /** The names of the orders on a page of a supplier's, from page 0; none past the last one. */
    List<String> of(ImportOrders.Supplier supplier, int page);
}
