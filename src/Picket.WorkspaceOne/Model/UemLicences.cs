using System.Text.Json.Serialization;

namespace Picket.WorkspaceOne;

/// <summary>Licences of a purchased app as the search tells them (trust S).</summary>
public sealed record UemManagedDistribution
{
    /// <summary>Bought.</summary>
    public int? Purchased { get; set; }

    /// <summary>Used up.</summary>
    public int? Burned { get; set; }

    /// <summary>Kept back.</summary>
    public int? OnHold { get; set; }

    /// <summary>Free.</summary>
    public int? Available { get; set; }

    /// <summary><c>VPPUser</c>: they go to people. <c>Device</c>: they go to devices.</summary>
    public string? AppLicenseEligibility { get; set; }
}

/// <summary>Licences of one smart group (trust S).</summary>
public sealed record UemAllocation
{
    /// <summary>Numeric id of the smart group.</summary>
    public int SmartGroupId { get; set; }

    /// <summary>Licences that it was given.</summary>
    public int? Allocated { get; set; }

    /// <summary>Of these, licences in use.</summary>
    public int? Redeemed { get; set; }

    /// <summary><c>Active</c> or another word of the UEM.</summary>
    public string? Status { get; set; }
}

/// <summary>A purchased app with its allocations, v1 (trust S).</summary>
public sealed record UemPurchasedApp
{
    /// <summary>Licences by smart group.</summary>
    public List<UemAllocation>? Assignments { get; set; }

    /// <summary>Licences over all.</summary>
    public UemLicenceCounts? Licenses { get; set; }
}

/// <summary>Licences over all, v1 (trust S).</summary>
public sealed record UemLicenceCounts
{
    /// <summary>Bought.</summary>
    public int? TotalLicenses { get; set; }

    /// <summary>Given to smart groups.</summary>
    public int? Allocated { get; set; }

    /// <summary>Free.</summary>
    public int? Unallocated { get; set; }

    /// <summary>In use.</summary>
    public int? Redeemed { get; set; }

    /// <summary>In use, and given by somebody else than the UEM.</summary>
    public int? ExternallyRedeemed { get; set; }

    /// <summary>Kept back.</summary>
    public int? OnHold { get; set; }
}

/// <summary>A purchased app with its licences, v2 (trust S).</summary>
public sealed record UemPurchasedAppDetails
{
    /// <summary>Unique id.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Bundle id.</summary>
    [JsonPropertyName("identifier")]
    public string? BundleId { get; set; }

    /// <summary><c>VPPUser</c>, <c>Device</c>, <c>AdminApprovedDevice</c> or <c>Unknown</c>.</summary>
    [JsonPropertyName("vpp_app_eligibility")]
    public string? Eligibility { get; set; }

    /// <summary>Licences over all.</summary>
    [JsonPropertyName("licenses_summary")]
    public UemLicenceSummary? Licences { get; set; }

    /// <summary>Licences by smart group.</summary>
    public List<UemRuleAllocation>? Assignments { get; set; }
}

/// <summary>Licences over all, v2 (trust S).</summary>
public sealed record UemLicenceSummary
{
    /// <summary>Bought.</summary>
    public int? Total { get; set; }

    /// <summary>Given to smart groups.</summary>
    public int? Allocated { get; set; }

    /// <summary>Free.</summary>
    public int? Unallocated { get; set; }

    /// <summary>In use.</summary>
    public int? Redeemed { get; set; }

    /// <summary>Kept back.</summary>
    [JsonPropertyName("on_hold")]
    public int? OnHold { get; set; }
}

/// <summary>Licences of one smart group, v2 (trust S).</summary>
public sealed record UemRuleAllocation
{
    /// <summary>Unique id of the smart group.</summary>
    [JsonPropertyName("smart_group_uuid")]
    public Guid? SmartGroupUuid { get; set; }

    /// <summary>Licences that it was given.</summary>
    public int? Allocated { get; set; }

    /// <summary>Of these, licences in use.</summary>
    public int? Redeemed { get; set; }
}
