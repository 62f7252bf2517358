using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Picket.Server.Inventory;

// The small listings. What a complete listing lacks gets a GoneAt, and stays for the history.

public sealed class OrganizationGroupRow : IListedRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required int RemoteId { get; init; }
    public Guid? RemoteUuid { get; set; }
    public int? ParentRemoteId { get; set; }
    public string? Name { get; set; }
    public string? GroupCode { get; set; }
    public string? Type { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OrganizationGroupRow>
    {
        public void Configure(EntityTypeBuilder<OrganizationGroupRow> builder)
        {
            builder.ToTable("organization_groups");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteId }).IsUnique();
        }
    }
}

public sealed class AdministratorRow : IListedRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }

    /// <summary>The UEM's uuid as text, or the user name where it gives none.</summary>
    public required string RemoteKey { get; init; }
    public string? UserName { get; set; }
    public string? OrganizationGroup { get; set; }
    public Guid? OrganizationGroupUuid { get; set; }

    /// <summary>Role names with OG and state, as JSON.</summary>
    public string Roles { get; set; } = "[]";
    public DateTimeOffset? LastSignInAt { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AdministratorRow>
    {
        public void Configure(EntityTypeBuilder<AdministratorRow> builder)
        {
            builder.ToTable("administrators");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteKey }).IsUnique();
        }
    }
}

/// <summary>An enrollment user. Telephone numbers and custom attributes are not kept (law 8).</summary>
public sealed class UserRow : IListedRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required int RemoteId { get; init; }
    public Guid? RemoteUuid { get; set; }
    public string? UserName { get; set; }
    public string? DisplayName { get; set; }
    public string? Email { get; set; }
    public int? OrganizationGroupId { get; set; }
    public bool? Active { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<UserRow>
    {
        public void Configure(EntityTypeBuilder<UserRow> builder)
        {
            builder.ToTable("users");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteId }).IsUnique();
            builder.HasIndex(row => row.UserName);
        }
    }
}

public sealed class UserGroupRow : IListedRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required int RemoteId { get; init; }
    public string? Name { get; set; }
    public int? MemberCount { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<UserGroupRow>
    {
        public void Configure(EntityTypeBuilder<UserGroupRow> builder)
        {
            builder.ToTable("user_groups");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteId }).IsUnique();
        }
    }
}

/// <summary>Membership by user name: the UEM gives no id there.</summary>
public sealed class UserGroupMemberRow
{
    public required Guid UserGroupId { get; init; }
    public required string UserName { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<UserGroupMemberRow>
    {
        public void Configure(EntityTypeBuilder<UserGroupMemberRow> builder)
        {
            builder.ToTable("user_group_members");
            builder.HasKey(row => new { row.UserGroupId, row.UserName });
        }
    }
}

public sealed class SmartGroupRow : IListedRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required int RemoteId { get; init; }
    public Guid? RemoteUuid { get; set; }
    public string? Name { get; set; }
    public int? DeviceCount { get; set; }
    public int? ManagedByOrganizationGroupId { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SmartGroupRow>
    {
        public void Configure(EntityTypeBuilder<SmartGroupRow> builder)
        {
            builder.ToTable("smart_groups");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteId }).IsUnique();
        }
    }
}

/// <summary>A tag as the UEM lists it, ours or not.</summary>
public sealed class TagRow : IListedRow
{
    public required Guid Id { get; init; }
    public required Guid IntegrationId { get; init; }
    public required int RemoteId { get; init; }
    public Guid? RemoteUuid { get; set; }
    public string? Name { get; set; }
    public required byte[] Hash { get; set; }
    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TagRow>
    {
        public void Configure(EntityTypeBuilder<TagRow> builder)
        {
            builder.ToTable("tags");
            builder.HasIndex(row => new { row.IntegrationId, row.RemoteId }).IsUnique();
        }
    }
}
