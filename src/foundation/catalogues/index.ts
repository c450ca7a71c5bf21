export { loadCatalogueOptions, type CatalogueOption, type CatalogueOptions } from './option-book.ts';
export { findCatalogue, listCatalogues, type Catalogue, type ListedCatalogue } from './catalogue-queries.ts';
export { packCatalogue } from './export-items.ts';
export { factsOfFile, readCatalogueFile, type CatalogueFile } from './catalogue-file.ts';
export { takeOver as takeOverCatalogue } from './load-catalogue-files.ts';
export { loadCatalogueFiles, loadProvinceCatalogues } from './load-catalogue-files.ts';
export { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
export { versionPublished } from './catalogue-events.ts';
export { isChoosable, type Item } from './catalogue.ts';
