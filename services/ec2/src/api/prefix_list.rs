//! Managed prefix lists. Lists of AWS's own do not exist here: there is no AWS network whose blocks they would name.

use super::permission::{ipv4, ipv6};
use crate::convert;
use crate::describe::{Field, Filters, Query, key_of_token, page, select};
use crate::errors::{dry_run, invalid, missing, refuse};
use crate::once::Once;
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::ec2::{
    AddPrefixListEntry, CreateManagedPrefixListRequest, CreateManagedPrefixListResult,
    DeleteManagedPrefixListRequest, DeleteManagedPrefixListResult, DescribeManagedPrefixListsRequest,
    DescribeManagedPrefixListsResult, DescribePrefixListsRequest, DescribePrefixListsResult, Error,
    GetManagedPrefixListEntriesRequest, GetManagedPrefixListEntriesResult, ModifyManagedPrefixListRequest,
    ModifyManagedPrefixListResult,
};
use auth::Cx;
use model::ec2::{AddressFamily, IpBlock, PrefixList, PrefixListEntry, PrefixListOwner, PrefixListVersion};
use model::ids::PrefixListId;
use state::ec2::{prefix_list, security_group};

/// Entries of a list. Source: "Amazon VPC quotas", 2025.
const MOST_ENTRIES: i32 = 1000;
/// Entries that a request adds or removes. Source: EC2 API reference.
const MOST_CHANGES: usize = 100;
/// Versions that are kept. Not established for AWS.
const MOST_VERSIONS: usize = 100;

const FIELDS: &[Field<PrefixList>] = &[
    ("owner-id", |l, _| vec![l.scope.account.clone()]),
    ("prefix-list-id", |l, _| vec![l.id.to_string()]),
    ("prefix-list-name", |l, _| vec![l.name.clone()]),
];

pub(crate) fn describe_prefix_lists(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribePrefixListsRequest,
) -> Result<DescribePrefixListsResult, Error> {
    // It shows AWS's own lists only.
    Filters::new(input.filters.as_deref(), &FIELDS[1..], false)?;
    if let Some(id) = input.prefix_list_ids.iter().flatten().next() {
        return Err(Error::invalid_prefix_list_id_not_found(format!(
            "The prefix list ID '{id}' does not exist"
        )));
    }
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    input.next_token.as_deref().map(key_of_token).transpose()?;
    let of_aws = |l: &&std::sync::Arc<PrefixList>| l.owner == PrefixListOwner::Aws;
    let snapshot = ec2.state.snapshot();
    let lists =
        snapshot.by_index(prefix_list::BY_SCOPE, &cx.scope).filter(of_aws).map(|l| ::api::ec2::PrefixList {
            cidrs: Some(l.entries.iter().map(|e| e.block.to_string()).collect()),
            prefix_list_id: Some(l.id.to_string()),
            prefix_list_name: Some(l.name.clone()),
        });
    Ok(DescribePrefixListsResult { next_token: None, prefix_lists: Some(lists.collect()) })
}

pub(crate) async fn create_managed_prefix_list(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateManagedPrefixListRequest,
) -> Result<CreateManagedPrefixListResult, Error> {
    let family: AddressFamily = input
        .address_family
        .parse()
        .map_err(|_| invalid("AddressFamily", &input.address_family, "Expecting 'IPv4' or 'IPv6'."))?;
    check_name(&input.prefix_list_name)?;
    let max_entries = max_entries(input.max_entries)?;
    let mut entries = Vec::new();
    add(&mut entries, family, input.entries.as_deref().unwrap_or_default())?;
    check_size(entries.len(), max_entries)?;
    let tags = tagging::of_new("prefix-list", input.tag_specifications.as_deref())?;
    let once = Once::new(cx, "CreateManagedPrefixList", input.client_token.as_deref(), &input);
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            once.make(tx, cx, |tx| {
                let made = tx.put(PrefixList {
                    id: PrefixListId::from_random(draw()),
                    scope: cx.scope.clone(),
                    name: input.prefix_list_name.clone(),
                    owner: PrefixListOwner::Account,
                    family,
                    max_entries,
                    version: 1,
                    entries: entries.clone(),
                    earlier: Vec::new(),
                    tags: tags.clone(),
                });
                Ok(made.id.to_string())
            })
        })
        .await?;
    let list = find::<PrefixList>(&ec2.state.snapshot(), &cx.scope, &id)?;
    Ok(CreateManagedPrefixListResult { prefix_list: Some(convert::prefix_list(&list)) })
}

fn check_name(name: &str) -> Result<(), Error> {
    if name.is_empty() {
        return Err(missing("PrefixListName"));
    }
    if name.starts_with("com.amazonaws") || name.chars().count() > 255 {
        return Err(invalid(
            "PrefixListName",
            name,
            "A name has up to 255 characters and does not start with com.amazonaws.",
        ));
    }
    Ok(())
}

fn max_entries(given: i32) -> Result<u32, Error> {
    let within = u32::try_from(given).ok().filter(|_| (1..=MOST_ENTRIES).contains(&given));
    within.ok_or_else(|| invalid("MaxEntries", given, "Expecting a value between 1 and 1000."))
}

fn check_size(entries: usize, most: u32) -> Result<(), Error> {
    if entries > most as usize {
        return Err(Error::prefix_list_max_entries_exceeded(
            "You've reached the maximum number of entries for the prefix list.",
        ));
    }
    Ok(())
}

fn block(family: AddressFamily, text: &str) -> Result<IpBlock, Error> {
    match family {
        AddressFamily::Ipv4 => ipv4(text).map(IpBlock::V4),
        AddressFamily::Ipv6 => ipv6(text).map(IpBlock::V6),
    }
}

/// Adds entries; one that is there takes the new description.
fn add(
    entries: &mut Vec<PrefixListEntry>,
    family: AddressFamily,
    given: &[AddPrefixListEntry],
) -> Result<(), Error> {
    if given.len() > MOST_CHANGES {
        return Err(Error::invalid_request(format!("A request may change at most {MOST_CHANGES} entries.")));
    }
    let mut seen: Vec<IpBlock> = Vec::new();
    for entry in given {
        let block = block(family, &entry.cidr)?;
        if seen.contains(&block) {
            return Err(Error::invalid_request(format!("The request has the entry {block} twice.")));
        }
        seen.push(block);
        let new = PrefixListEntry { block, description: entry.description.clone().filter(|d| !d.is_empty()) };
        match entries.iter_mut().find(|e| e.block == block) {
            Some(before) => *before = new,
            None => entries.push(new),
        }
    }
    Ok(())
}

pub(crate) fn describe_managed_prefix_lists(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeManagedPrefixListsRequest,
) -> Result<DescribeManagedPrefixListsResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.prefix_list_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = select(&ec2.state.snapshot(), cx, &query, FIELDS)?;
    let prefix_lists = page.shown(|l| convert::prefix_list(l));
    Ok(DescribeManagedPrefixListsResult { next_token: page.next_token, prefix_lists })
}

pub(crate) async fn modify_managed_prefix_list(
    ec2: &Ec2,
    cx: &Cx,
    input: ModifyManagedPrefixListRequest,
) -> Result<ModifyManagedPrefixListResult, Error> {
    refuse(&[("ipamPrefixListResolverSyncEnabled", input.ipam_prefix_list_resolver_sync_enabled.is_some())])?;
    let adds = input.add_entries.as_deref().unwrap_or_default();
    let removes = input.remove_entries.as_deref().unwrap_or_default();
    let changes = !adds.is_empty() || !removes.is_empty();
    if removes.len() > MOST_CHANGES {
        return Err(Error::invalid_request(format!("A request may change at most {MOST_CHANGES} entries.")));
    }
    if changes && input.max_entries.is_some() {
        return Err(Error::invalid_parameter_combination(
            "You cannot modify the entries of a prefix list and its maximum number of entries at the same time.",
        ));
    }
    let most = input.max_entries.map(max_entries).transpose()?;
    input.prefix_list_name.as_deref().map(check_name).transpose()?;
    let list = ec2
        .change(cx, input.dry_run, |tx, _| {
            let list = find::<PrefixList>(tx, &cx.scope, &input.prefix_list_id)?;
            if changes && input.current_version != Some(list.version) {
                return Err(match input.current_version {
                    None => missing("CurrentVersion"),
                    Some(_) => Error::prefix_list_version_mismatch(
                        "The prefix list has the incorrect version number",
                    ),
                });
            }
            let mut entries = list.entries.clone();
            for gone in removes {
                let block = block(list.family, &gone.cidr)?;
                let at = entries.iter().position(|e| e.block == block);
                entries.remove(at.ok_or_else(|| {
                    Error::invalid_request(format!("The entry {block} does not exist in the prefix list."))
                })?);
            }
            add(&mut entries, list.family, adds)?;
            check_size(entries.len(), most.unwrap_or(list.max_entries))?;
            let changed = tx.modify::<PrefixList>(&list.id, |l| {
                l.max_entries = most.unwrap_or(l.max_entries);
                if let Some(name) = &input.prefix_list_name {
                    l.name.clone_from(name);
                }
                if changes {
                    let before = std::mem::replace(&mut l.entries, entries);
                    l.earlier.push(PrefixListVersion { version: l.version, entries: before });
                    let beyond = l.earlier.len().saturating_sub(MOST_VERSIONS);
                    l.earlier.drain(..beyond);
                    l.version += 1;
                }
            });
            Ok(changed.expect("it is being changed"))
        })
        .await?;
    Ok(ModifyManagedPrefixListResult { prefix_list: Some(convert::prefix_list(&list)) })
}

pub(crate) async fn delete_managed_prefix_list(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteManagedPrefixListRequest,
) -> Result<DeleteManagedPrefixListResult, Error> {
    let list = ec2
        .change(cx, input.dry_run, |tx, _| {
            let list = find::<PrefixList>(tx, &cx.scope, &input.prefix_list_id)?;
            let in_rules = tx.by_index(security_group::BY_PEER_PREFIX_LIST, &list.id).next().is_some();
            if in_rules || super::route::uses_list(tx, cx, &list) {
                return Err(Error::dependency_violation(format!(
                    "resource {} has a dependent object",
                    list.id
                )));
            }
            tx.delete::<PrefixList>(&list.id);
            Ok(list)
        })
        .await?;
    let mut shown = convert::prefix_list(&list);
    shown.state = Some("delete-complete".into());
    Ok(DeleteManagedPrefixListResult { prefix_list: Some(shown) })
}

pub(crate) fn get_managed_prefix_list_entries(
    ec2: &Ec2,
    cx: &Cx,
    input: &GetManagedPrefixListEntriesRequest,
) -> Result<GetManagedPrefixListEntriesResult, Error> {
    let list = find::<PrefixList>(&ec2.state.snapshot(), &cx.scope, &input.prefix_list_id)?;
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let entries = match input.target_version {
        None => &list.entries,
        Some(version) if version == list.version => &list.entries,
        Some(version) => {
            let earlier = list.earlier.iter().find(|v| v.version == version);
            &earlier.ok_or_else(|| invalid("TargetVersion", version, "There is no such version."))?.entries
        }
    };
    let after = input.next_token.as_deref().map(key_of_token).transpose()?;
    let from = match after {
        None => 0,
        Some(key) => {
            key.parse::<usize>().map_err(|_| Error::invalid_next_token("The token is not valid."))?
        }
    };
    let rest = entries.iter().enumerate().skip(from);
    let page = page(rest, input.max_results, |(index, _)| (index + 1).to_string());
    let entries = page.shown(|(_, e)| ::api::ec2::PrefixListEntry {
        cidr: Some(e.block.to_string()),
        description: e.description.clone(),
    });
    Ok(GetManagedPrefixListEntriesResult { entries, next_token: page.next_token })
}
