/// Messages in English, a line each: the key, and the message.
enum EnglishMessages {
    static let text = """
        act | Action
        address | Address
        addresses | Addresses
        addresses_own | Addresses of this node
        ago_days | {n} day ago ¦ {n} days ago
        ago_hours | {n} hour ago ¦ {n} hours ago
        ago_minutes | {n} minute ago ¦ {n} minutes ago
        ago_now | just now
        alike | is like
        all_changes | All changes
        all_of_them | All of them
        any | any
        apart | written apart from others
        as_then | as it was then
        begun | Signed in
        browser | Browser
        cancel | Cancel
        cells | Values
        changed_since | The record was changed while you wrote. Compare both below, and save again. What you \
        typed is still here.
        changes_paused | {n} changeset was looked through. ¦ {n} changesets were looked through.
        changeset | changeset
        changeset_title | Changeset
        check | Check everything
        check_title | Check
        check_well | All is well.
        computed | (computed)
        conflict_cell | Different values in one place
        conflict_changed_since | The record was changed since it was shown, so nothing was written. What is there \
        now is below; decide again.
        conflict_deleted-edited | Deleted and edited apart
        conflict_deleted_by | Deleted
        conflict_deleted_sentence | Somebody deleted this record, and somebody edited it apart from that. \
        Keep it, or delete it?
        conflict_duplicate | Perhaps entered twice
        conflict_edited_by | Edited
        conflict_invalid | Breaks a rule
        conflict_kept | Deleted, and kept for what refers to it
        conflict_kept_sentence | This record was deleted, but these still refer to it.
        conflicts_by_key | There are so many that they are listed by table and key, not by age.
        conflicts_none | There is nothing to settle.
        days | For how many days
        delete | Delete
        delete_ask | Delete this record? It can be taken back afterwards.
        delete_cascade | {0} · {1}: {n} record is deleted with it. ¦ {0} · {1}: {n} records are deleted with it.
        delete_changed_since | The record, or what refers to it, was changed since this page was shown, so nothing \
        was deleted. What is there now is below; decide again.
        delete_empties | {0} · {1}: the field of {n} record is emptied. ¦ {0} · {1}: the fields of {n} records are \
        emptied.
        delete_forbids | {0} · {1}: {n} record refers to it and forbids this; change it first. ¦ {0} · {1}: {n} \
        records refer to it and forbid this; change them first.
        delete_least | So many records go along that not all of what they take with them is counted here.
        delete_row | Delete the record
        delete_title | Delete: {0}
        deleted_since | The record was deleted while you wrote. What you typed is still here; to save it enters a \
        new record.
        deleted_since_settling | There is no such record any more, so there is nothing to settle. Nothing was \
        written.
        did_delete | {0}: {n} deleted ¦ {0}: {n} deleted
        did_insert | {0}: {n} entered ¦ {0}: {n} entered
        did_more | and {n} row more ¦ and {n} rows more
        did_update | {0}: {n} changed ¦ {0}: {n} changed
        done_created | The record was entered.
        done_deleted | Deleted.
        done_merged | Merged.
        done_nothing | Nothing was changed.
        done_peer | The peer was saved.
        done_released | What the member wrote counts again.
        done_removed | The peer was removed.
        done_retired | The member was retired.
        done_role | The role was changed.
        done_saved | Saved.
        done_settled | Settled.
        done_settled_many | {n} conflict was settled. ¦ {n} conflicts were settled.
        done_withdrawn | The invitation was withdrawn.
        duplicate_sentence | These records are equal where each should differ. If they are one thing, merge them.
        edit | Edit
        edit_title | Edit: {0}
        encoding | Encoding (empty to guess)
        end | End it
        error_day | Write a day as 2026-05-12.
        error_days | Write a number of days from 1 to {0}.
        error_disk | The disk is full or failing. Free some space and try again.
        error_fields | Nothing was written. What is wrong is said beside the fields, and what was typed is still \
        here.
        error_form | The form did not come whole or is too large, so nothing was done. Go back and try again.
        error_inside | The console itself failed. Look into the node's log.
        error_large | The file is larger than 64 MiB. Split it, or use the command caravan import or caravan \
        bundle import.
        error_link | This link was used, is too old, or is wrong. Get a new one with caravan console.
        error_locked | Another program held the replica for more than five seconds. Try again in a moment.
        error_no_right | This node's role gives no right to that. Ask an admin.
        error_not_found | There is no such page, table or record.
        error_origin | This form did not come from this console, so nothing was done. Send it from a page of \
        the console.
        error_peer | The exchange with the peer did not come about.
        error_replica | The replica cannot be used at present.
        error_rule | A rule of the table does not permit this. What was typed is still here.
        error_title | That did not work
        error_token | This form is too old or of another sign-in, so nothing was done. Go back, open the page \
        anew and try again.
        error_too_many | Too many wrong links. Wait a minute.
        error_twice | The same form is being worked on already. Wait a moment and look what came of it.
        error_upload | That upload is gone. Send the file again.
        error_usage | What was asked for cannot be meant. Go back and correct it.
        expires | Expires
        export_as | Export these as
        field_check | This value breaks the rule {0}.
        field_infinite | This number is too large to be stored.
        field_large | A whole number may have 18 digits, or 19 up to 9223372036854775807.
        field_needed | This field is needed.
        field_no_record | There is no such record in {0}.
        field_number | This is no number.
        field_order | This may not be before: {0}.
        field_reference | There is no such record, or others still refer to it.
        field_unique | Another record has this value already.
        field_word | This word is not in the list.
        file | File
        filter_drop | Drop the filter
        find | Find
        first | First
        help_about | The words of this system.
        hint_day | 2026-05-12
        hint_pick | The key of a record of {0}.
        history | History
        history_delete | deleted
        history_insert | entered
        history_keep | kept
        history_update | changed
        import_about | Takes workbooks (.xlsx) and tables of text in any encoding. First it shows what would \
        change; all is written as one changeset, which can be taken back.
        import_changed | {n} changed ¦ {n} changed
        import_changed_since | What this import would do is no longer what was shown, so nothing was written. \
        Below is what it would do now; look at it once more.
        import_cut | More rows change than are shown here.
        import_do | Import
        import_guess | (guess)
        import_headers | Columns of the file
        import_is_changed | changed
        import_is_new | new
        import_leave | (leave out)
        import_look | Show what would change
        import_new | {n} new ¦ {n} new
        import_nothing | There is nothing to write.
        import_problem | The file cannot be read.
        import_refused | {n} refused ¦ {n} refused
        import_rows | {n} row ¦ {n} rows
        import_same | {n} unchanged ¦ {n} unchanged
        invalid_sentence | This record breaks the rule
        invitation | Invitation
        invitation_expired | expired
        invitation_how | Send it so that only the invited can read it. They run caravan join with this line. \
        It is shown this once.
        invitation_made | The invitation
        invitation_open | open
        invitation_picture | The invitation as a QR code
        invitation_used | used
        invite | Invite
        invite_admins | Only an admin may invite.
        invited_before | This form made its invitation already, and the code is not shown any more. If nobody has \
        it, withdraw the invitation below and make another.
        is_shown | shown now
        keep_row | Keep the record
        lag | Lag
        languages | Languages
        last_written | Last written
        left_open | {n} is left to you. ¦ {n} are left to you.
        line | Line
        look | Look
        means_changeset | Writes that were sealed and signed together; they can be taken back as a whole.
        means_conflict | What people wrote without seeing each other; all of it is kept until somebody settles it.
        means_invitation | A line by which one node can join once.
        means_member | A node that was admitted to the alliance.
        means_node | One institution's replica and key, which exchanges changes with others.
        means_peer | A node with which this one exchanges.
        means_replica | All shared records on one computer, in one SQLite file.
        means_role | An admin admits and defines tables, a member writes, a reader only reads.
        means_seal | To make what was written a signed changeset, which can travel.
        means_stick | Sync by files where there is no network: on the page of members and peers, or by caravan \
        bundle exchange.
        means_sync | Either side gives the other the changesets that it lacks.
        means_undo | A new changeset that takes an old one back; what others wrote over since stays.
        means_void | A changeset for which its author had no right; it is kept, and not shown.
        means_waiting | A changeset that has come, while what it stands on has not.
        meanwhile | Meanwhile somebody wrote:
        member | Member
        members | Members
        merge | Merge
        merge_about | Choose for each field what stays. What refers to the other record will refer to the one \
        that stays.
        merge_all | Merge all plain duplicates
        merge_goes | is merged into it
        merge_into_first | Merge into the first
        merge_itself | A record cannot be merged into itself. Go back and choose two records.
        merge_stays | stays
        merge_title | Merge two records
        met | Last met
        n_bytes_of | {0}, {1}
        n_changesets | {n} changeset ¦ {n} changesets
        n_conflicts | {n} open conflict ¦ {n} open conflicts
        n_conflicts_least | At least {n} open conflict ¦ At least {n} open conflicts
        n_pending | {n} changed row is not sealed yet ¦ {n} changed rows are not sealed yet
        n_pending_least | At least {n} changed row is not sealed yet ¦ At least {n} changed rows are not sealed yet
        n_records | {n} record ¦ {n} records
        n_void | {n} changeset does not count ¦ {n} changesets do not count
        n_waiting | {n} changeset waits for others ¦ {n} changesets wait for others
        name | Name
        navigation | Parts of the console
        needed | needed
        never | never
        new | New
        new_title | New: {0}
        news | Something was changed.
        next | Next
        no_peers | There are no peers yet.
        nothing_found | Nothing was found.
        older | Older
        pages | Pages
        peer_add | Add a peer
        peer_ahead | {n} changeset is lacking here ¦ {n} changesets are lacking here
        peer_away | away
        peer_clock | its clock is off by {n} second ¦ its clock is off by {n} seconds
        peer_connected | connected
        peer_exchanging | exchanging
        peer_lacks | it lacks {n} changeset ¦ it lacks {n} changesets
        peers | Peers
        place_alliance | Members and peers
        place_changes | Changes
        place_conflicts | Conflicts
        place_help | Help
        place_import | Import
        place_overview | Overview
        place_records | Records
        preview_title | Import: {0}
        previous | Previous
        rate | Limit a second
        record_gone | There is no such record now. If there was one, its history tells.
        record_never | Nobody ever wrote such a record.
        referrers | What refers to it
        referrers_none | Nothing refers to it.
        refers_to_it | Refers to it
        release | Let later writes count
        reload | Show it
        remove | Remove
        retire | Retire
        retire_means | What the member writes from now on does not count, and nobody exchanges with it. What \
        it wrote before stays.
        retire_sure | Say that you are sure first.
        retire_yes | I am sure
        retired_lead | This node's right was ended: nobody exchanges with it, and it may not write.
        retired_what | Ask an admin for a new role. What was written before stays here to be read and exported.
        role | Role
        role_admin | admin
        role_member | member
        role_none | no member yet
        role_reader | reader
        role_retired | retired
        role_set | Change the role
        role_waits | waits for an admin
        same | the same
        save | Save
        search | Search
        search_on | Search on
        search_paused | {n} row was looked through. ¦ {n} rows were looked through.
        seen | Last seen
        sessions_about | Every browser that is signed in acts in this node's name.
        sessions_title | Browsers signed in
        settle | Settle
        settle_many | Settle many at once
        settle_many_about | Settles all that the filter above chooses, as one changeset. Values that it changes \
        can be put back by one click; what was settled stays settled.
        settle_many_stale | The page was shown too long ago, so nothing was written. Look at what is there now, and \
        decide once more.
        settle_none | No conflict of this record is open any more.
        settle_title | Not settled
        settled_same | No value was changed by that, so there is nothing to take back.
        sheet | Sheet (empty for the first)
        show_all | Show all
        sign_in_back | You are signed out, and nothing was sent on. Go back in the browser: what you typed is still \
        there. Copy it, sign in in another tab, and send it from there.
        sign_in_done | You are signed in
        sign_in_how | Run this on the computer of the node, and open the link that it prints:
        sign_in_on | Go on
        sign_in_once | The link works once, for ten minutes. There is no password.
        sign_in_title | Sign in
        sign_out | Sign out
        since | Since
        site | Site
        skip | Skip to the page
        state | State
        stick_about | Where there is no network: take a file with what somebody lacks, and bring in what others \
        wrote.
        stick_anyone | anyone: everything
        stick_anyone_reads | anyone
        stick_control | {0}, members and tables
        stick_encrypt | Only they can read it
        stick_export | Download the file
        stick_file | File of another node
        stick_for | For whom
        stick_from | From
        stick_holds | It holds
        stick_is_request | What its writer has, and no changesets.
        stick_lacks | This node lacks of it
        stick_look | Look into it
        stick_missing | Has to come first
        stick_page | File: {0}
        stick_readers | For
        stick_removed | A file that waited here was deleted: {0}
        stick_request | Download what this node has
        stick_request_about | From this small file others see what this node lacks.
        stick_sealed | What its readers alone can see.
        stick_take | Take it in
        stick_taken | {0} taken, {1} applied, {2} known before, {3} waiting.
        stick_title | Exchange by stick
        stick_up_to | {0} up to {1}
        stick_waits | A file goes on waiting here: {0}
        sync_all | Sync with all
        sync_alone | This node has no peers yet.
        sync_begun | The exchange has begun; how far it is stands below.
        sync_busy | An exchange is under way already.
        sync_done | {0}: {1} sent, {2} received.
        sync_ended | The last one ended {0}.
        sync_failed | {0}: failed: {1}.
        sync_last_met | {0} last met {1}.
        sync_never_met | {0} was never met.
        sync_now | Sync now
        sync_running | An exchange is under way.
        sync_step | {0}: {1} of {2} sent, {3} received.
        sync_title | Exchange
        sync_with | In sync with {0} of {1}.
        table | Table
        take_shown_all | Take what is shown everywhere
        take_site_all | Take this member's values everywhere
        take_this | Take this
        this_node | (this node)
        this_one | (this one)
        today | Today
        today_nothing | Nothing was changed today.
        typed | What you typed
        undo | Undo
        undo_failed | {n} record cannot be put back. ¦ {n} records cannot be put back.
        undo_kept | {n} record stays, for it was written over since. ¦ {n} records stay, for they were \
        written over since.
        undo_nothing | There is nothing to take back.
        undo_plan | What undo would do
        undo_restored | {n} record is taken back. ¦ {n} records are taken back.
        undo_untried | This changeset has {n} row. ¦ This changeset has {n} rows, too many to try out here what undo \
        would do. On this node's machine this command tells it; the button undoes it without more ado.
        undone_broughtBack | comes back
        undone_changed | is changed back
        undone_kept | stays
        undone_removed | goes
        value_blob | {n} byte of data ¦ {n} bytes of data
        void | does not count
        what | What
        who | Who wrote it
        who_not | Hide who wrote it
        windows | Hours
        withdraw | Withdraw
        word_changeset | Changeset
        word_conflict | Conflict
        word_invitation | Invitation
        word_member | Member
        word_node | Node
        word_peer | Peer
        word_replica | Replica
        word_role | Role
        word_seal | Seal
        word_stick | Exchange by stick
        word_sync | Sync
        word_undo | Undo
        word_void | Does not count
        word_waiting | Waiting
        write_other | Write another value
        you_are | This node is {0} ({1}). Its records take {2}.
        """
}
