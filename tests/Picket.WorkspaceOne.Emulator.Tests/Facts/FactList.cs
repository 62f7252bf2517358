namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Every statement with the trust mark W. A statement without a test says why.</summary>
internal static class FactList
{
    public static readonly RecordedFact[] All =
    [
        new("1", "paths match in any case", nameof(AddressFacts.Paths_match_in_any_case)),
        new("1", "system/info names five families", nameof(AddressFacts.Information_names_exactly_five_families)),
        new(
            "1",
            "X-Api-Version, api-supported-versions",
            nameof(AddressFacts.The_answer_tells_the_version_that_served_and_those_of_the_route)
        ),
        new(
            "1",
            "asked above the highest: the highest",
            nameof(AddressFacts.A_version_above_the_highest_is_served_by_the_highest)
        ),
        new(
            "1",
            "admins/search has versions 1 and 2",
            nameof(AddressFacts.Administrators_are_searched_in_two_versions)
        ),
        new(
            "1",
            "int in v1, uuid in v2, html for others",
            nameof(AddressFacts.One_path_takes_numbers_in_v1_and_uuids_in_v2_and_shows_a_page_for_others)
        ),
        new("1", "mam/apps/search version 2", nameof(AppFacts.Apps_are_searched_in_version_2_in_snake_case)),
        new("1", "groups/{uuid}/parents", nameof(GroupFacts.Parents_are_listed_though_no_specification_says_so)),
        new("1", "linux profiles version 4", null, "Linux profiles are not emulated"),
        new("1", "headers of every answer", nameof(AddressFacts.Every_answer_carries_the_recorded_headers)),
        new("1", "strict-transport-security", null, "browsers would remember it for every port of localhost"),
        new("1", "set-cookie, sometimes, in 2020", null, "seen in old versions only, and without a use"),
        new(
            "1",
            "X-API-Warning on deprecated routes",
            nameof(AddressFacts.Deprecated_routes_warn_and_name_what_replaces_them)
        ),
        new("2.0", "pages of 500", nameof(ConventionFacts.A_page_holds_500_unless_asked_and_never_more)),
        new(
            "2.0",
            "envelope of v1 and v2 searches",
            nameof(ConventionFacts.Searches_tell_page_size_and_total_on_each_page)
        ),
        new(
            "2.0",
            "links of groups/search v2",
            nameof(GroupFacts.The_search_of_version_2_links_over_http_with_the_size_spelled_out)
        ),
        new("2.0", "lower-case list of admins v2", nameof(AdministratorFacts.Version_2_names_its_list_in_lower_case)),
        new("2.0", "nothing found: 204", nameof(ConventionFacts.Nothing_found_is_204_without_body_and_type)),
        new("2.0", "no devices at all: 204", nameof(ConventionFacts.An_empty_fleet_is_204)),
        new(
            "2.0",
            "groups past the end: 200",
            nameof(GroupFacts.Past_the_end_of_version_2_the_list_is_empty_and_the_total_full)
        ),
        new(
            "2.0",
            "ids are {Value}, references",
            nameof(ConventionFacts.Ids_are_objects_with_a_value_and_references_may_lack_a_part)
        ),
        new("2.0", "plain int id in groups v2", nameof(GroupFacts.Version_2_rows_have_a_plain_number_as_id)),
        new("2.0", "smart-group ids as text", nameof(SmartGroupFacts.Members_have_ids_as_text)),
        new("2.0", "app groups: ids and counts as text", nameof(AppFacts.App_groups_write_ids_and_counts_as_text)),
        new(
            "2.0",
            "LocationGroupId in three forms",
            nameof(ConventionFacts.A_location_group_is_text_a_reference_or_a_number)
        ),
        new("2.0", "nulls are left out", nameof(ConventionFacts.Null_fields_are_left_out)),
        new("2.0", "empty strings for unknown", nameof(ConventionFacts.Unknown_texts_are_empty)),
        new(
            "2.0",
            "dates without zone, year 1",
            nameof(ConventionFacts.Dates_have_milliseconds_and_no_zone_and_never_is_the_year_1)
        ),
        new("2.0", "Z in details v2 and rules", nameof(ConventionFacts.Newer_routes_write_the_zone_of_dates)),
        new("2.0", "CreatedOn in US text", nameof(GroupFacts.The_date_of_creation_is_American_text)),
        new("2.0", "osupdate dates, expiationDate", null, "operating-system updates are not emulated"),
        new("2.0", "counts as text", nameof(ConventionFacts.Counts_of_groups_and_users_are_text)),
        new(
            "2.0",
            "enums as numbers, names in details v2",
            nameof(ConventionFacts.Enums_are_numbers_in_rows_and_names_in_details_of_version_2)
        ),
        new(
            "2.0",
            "an enum that is both int and string",
            nameof(AppFacts.One_row_has_an_enum_by_name_and_one_by_number)
        ),
        new(
            "2.0",
            "MacAddress, Ownership letters",
            nameof(ConventionFacts.Ownership_is_a_letter_and_hardware_addresses_have_no_separators)
        ),
        new("2.0", "PlatformId values", nameof(ConventionFacts.Platform_numbers_are_2_and_5_and_10_and_12)),
        new("2.0", "DeviceCapacity in bytes", nameof(ConventionFacts.Capacity_is_in_bytes)),
        new("2.0", "casing per version", nameof(ConventionFacts.Casing_differs_by_version)),
        new("2.0", "error body", nameof(ConventionFacts.Errors_have_code_text_and_activity_in_lower_camel)),
        new(
            "2.0",
            "html for unknown routes",
            nameof(ConventionFacts.Unknown_routes_and_ids_that_do_not_parse_get_a_page)
        ),
        new("2.0", "a crash is 500 and 1000", nameof(ConventionFacts.A_crash_is_500_with_1000)),
        new("2.1", "members of system/info", nameof(AddressFacts.Information_has_the_recorded_members)),
        new("2.2", "v1 rows lack Uuid and LgLevel", nameof(GroupFacts.Version_1_rows_have_neither_uuid_nor_level)),
        new("2.2", "one group: LgLevel 0 and Uuid", nameof(GroupFacts.A_single_group_has_level_0_and_a_uuid)),
        new(
            "2.2",
            "children: bare array, self first",
            nameof(GroupFacts.Children_are_a_bare_array_that_begins_with_the_group_itself)
        ),
        new("2.2", "a second delete", nameof(GroupFacts.A_second_delete_is_400_with_the_recorded_text)),
        new("2.3", "members of an admin v2", nameof(AdministratorFacts.Version_2_has_the_recorded_members)),
        new(
            "2.3",
            "status of admins/search: Active or Inactive",
            nameof(AdministratorFacts.A_search_by_status_tells_active_accounts_from_others)
        ),
        new("2.6", "members of a device, in order", nameof(DeviceFacts.A_row_has_the_recorded_members_in_their_order)),
        new("2.6", "Compliant, PendingComplianceCheck", nameof(DeviceFacts.Compliance_is_told_in_the_recorded_words)),
        new(
            "2.6",
            "details v2: camel, battery text",
            nameof(DeviceFacts.Details_of_version_2_are_camel_with_the_battery_as_text)
        ),
        new("2.6", "missing device v2", nameof(DeviceFacts.A_missing_device_of_version_2_is_404_with_5061)),
        new("2.8", "a command: 202, no body", nameof(CommandFacts.A_command_is_202_with_a_length_of_0)),
        new("2.8", "case of command names", nameof(CommandFacts.A_command_s_name_is_taken_in_any_case)),
        new("2.8", "bulk: all accepted", nameof(CommandFacts.A_bulk_command_leaves_Faults_out_when_all_were_accepted)),
        new("2.8", "bulk: one failed", nameof(CommandFacts.A_bulk_command_succeeds_although_one_device_failed)),
        new("2.8", "bulk: only id unknown", nameof(CommandFacts.A_bulk_command_for_one_unknown_device_is_404)),
        new("2.10", "POST 201 {Value, uuid}", nameof(SmartGroupFacts.A_new_one_is_201_with_value_and_uuid)),
        new("2.10", "PUT 204, DELETE 204", nameof(SmartGroupFacts.Changing_and_deleting_are_204)),
        new(
            "2.10",
            "missing: GET 6, DELETE 400",
            nameof(SmartGroupFacts.A_missing_one_is_6_when_read_and_400_when_deleted)
        ),
        new(
            "2.10",
            "a new group reads back empty",
            nameof(SmartGroupFacts.A_new_one_reads_back_with_empty_lists_and_any_ownership)
        ),
        new("2.12", "members of an app v1", nameof(AppFacts.Apps_of_version_1_have_the_recorded_members)),
        new(
            "2.12",
            "rules: 202, replaced, {} accepted",
            nameof(AppFacts.Rules_are_replaced_as_a_whole_and_an_empty_object_takes_all_away)
        ),
        new(
            "2.12",
            "no DeploymentParameters: 500",
            nameof(AppFacts.Without_parameters_an_assignment_crashes_and_is_made_all_the_same)
        ),
        new(
            "2.12",
            "missing internal app",
            nameof(AppFacts.A_missing_internal_app_is_401_with_7000_and_400_when_deleted)
        ),
        new("2.13", "payload of event notifications", "A_wipe_is_told_when_it_has_ended_with_Basic_credentials"),
        new("2.13", "delete told with hardly anything", "A_deleted_device_is_told_of_with_hardly_anything"),
        new("2.13", "dates of 2013", "The_old_form_can_be_had"),
        new("2.15", "message is a string", nameof(ConventionFacts.Errors_have_code_text_and_activity_in_lower_camel)),
        new("2.15", "missing script: 500", nameof(ConventionFacts.A_crash_is_500_with_1000)),
        new(
            "2.15",
            "profile deleted twice",
            nameof(ProfileFacts.A_profile_that_is_gone_is_400_with_a_text_for_each_method)
        ),
        new("3", "250000 a day", nameof(LimitFacts.The_day_has_250000_calls_and_every_answer_counts_down)),
        new(
            "3",
            "fixed window from the first call",
            nameof(LimitFacts.The_day_opens_with_the_first_call_and_lasts_24_hours)
        ),
        new("4", "wrong key", nameof(RefusalFacts.A_wrong_key_is_403_with_1013)),
        new("4", "wrong password", nameof(RefusalFacts.A_wrong_password_is_401_with_1005)),
        new("4", "locked account", nameof(RefusalFacts.A_locked_account_is_told_so)),
        new("4", "empty user name", nameof(RefusalFacts.An_empty_user_name_crashes)),
        new("4", "group out of scope", nameof(GroupFacts.A_second_delete_is_400_with_the_recorded_text)),
    ];
}
