using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Picket.Core.Policy;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>
/// A tag of the sets of the policy in force. What the document says of its names, for the database to compare with; written
/// with each version, in the same transaction.
/// </summary>
public sealed class PolicyTagRow
{
    public required string Name { get; init; }

    /// <summary>The set's name.</summary>
    public required string Set { get; init; }

    /// <summary>In the document: of sets, then of the tags in them.</summary>
    public required int Place { get; init; }

    internal static async Task ReplaceAsync(PicketDbContext db, PolicyDocument document, CancellationToken cancellation)
    {
        await db.PolicyTags.ExecuteDeleteAsync(cancellation);
        var tags = document.TagSets.SelectMany(set => set.Tags.Select(tag => (Set: set.Name, Tag: tag)));
        db.PolicyTags.AddRange(
            tags.Select(
                (named, place) =>
                    new PolicyTagRow
                    {
                        Name = named.Tag,
                        Set = named.Set,
                        Place = place,
                    }
            )
        );
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PolicyTagRow>
    {
        public void Configure(EntityTypeBuilder<PolicyTagRow> builder)
        {
            builder.ToTable("policy_tags");
            builder.HasKey(row => row.Name);
        }
    }
}
