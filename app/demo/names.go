package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Words of which invented names are made. None of the places exists.
var (
	placeStarts = strings.Fields(`Ambrel Aysgill Barleth Beckwin Bramwith Brindle Burlsey Calderby Carnwick Chalver Clayhorn Coldmar Corvel Cressing Crowdle Dalmer
		Dernwick Dovelly Dunsel Eastmar Elderwin Ellerdon Fairlen Farthel Fennimore Foxhollin Garlsey Gladden Gorsewin Greetmoor Hallen Hartling Havermoor Hazelmar
		Heronsby Hindmar Hollinwick Ilverton Ivelmar Kestrel Kilnsey Kingsmoor Lambrel Larkwin Lindel Lowther Mallowby Marlwick Meadrow Merlwin Millbrack Mossley
		Netherby Nunwick Oakmar Orlsey Osmother Otterwin Paddel Penmarrow Pinfold Quarley Rainsby Ravelstone Redwin Rillmoor Rookwith Rushmar Saltwin Sandrel
		Sedgemar Selwick Shaleby Silverwin Skelmoor Snowdrel Sorrelby Stainmar Stavely Sternwick Swallowby Tarnwell Teasel Thornwin Tolmar Underwin Ulverby Vexley
		Walmsgate Wardrel Weldmar Wetherwin Whinfell Willowby Winterlow Wrenmoor Yarlsey Yewdel`)
	placeEnds = strings.Fields(`bank beck borough bridge burn cliffe combe cote cross dale den dyke field ford gate garth green hale ham haven head hill holme
		hurst ing keld lea ley marsh mere mill moor mouth ness pool port ridge rigg side stead stoke thorpe ton toft vale wath wick wold worth`)
	streets = strings.Fields(`Almoner Anvil Apiary Aqueduct Barleycorn Basket Beacon Bellrope Bobbin Bracken Buttercross Candle Canal Carrier Chandler Cherrytree
		Clockmaker Cobbler Cooper Cornmill Cowslip Crabapple Damson Drover Ferry Fiddler Flaxmill Foundry Fuller Gannet Glazier Goldcrest Granary Gasworks Harebell
		Hawthorn Heron Hopyard Ironbridge Juniper Kingfisher Ladder Lamplighter Lantern Lapwing Larch Limekiln Linnet Lockkeeper Magpie Maltings Medlar Miller
		Minstrel Mulberry Nightingale Orchardside Osier Oystercatcher Packhorse Parsonage Pear Pilgrim Plover Potter Quarryman Quince Ropewalk Rowan Saddler
		Saltmarsh Shepherd Signalbox Skylark Sparrow Spindle Starling Swift Tannery Tawny Thatcher Thimble Tollbar Turnpike Viaduct Wagtail Warren Weaver
		Wheelwright Whitebeam Windlass Woolpack Yarrow`)
	roads    = []string{"Street", "Lane", "Road", "Hill", "Court", "Row", "Gate", "Yard", "Walk", "Gardens", "Terrace", "Bridge", "Park"}
	kinds    = []string{"Surgery", "Medical Centre", "Health Centre", "Practice", "Medical Practice", "Group Practice", "Family Practice", "Medical Group"}
	surnames = strings.Fields(`Abara Aldous Amberly Anand Arkley Ashdown Attar Babatunde Bellamy Bexhall Birdsall Blakey Bramhall Brathay Bursell Cardew Carrick
		Chandra Chesworth Clavering Coldwell Copland Cresswell Dacosta Darrow Deeping Demir Denholm Dimmock Drayton Duxbury Eddowes Elmhirst Emeka Fairweather
		Farrow Fenwright Finney Foxley Garside Gathercole Goodrum Gornall Greyling Haddad Halloran Harkness Hassan Heslop Holroyd Hosking Ibrahim Illing Iqbal
		Jagger Jessop Joyner Kamara Kaur Kemble Kilburn Kowal Lambert Larwood Leadley Lomax Loxley Maddox Mahmood Marwood Mensah Merriman Mistry Moffat Murgatroyd
		Nandy Nettleton Newsome Nowak Oakden Oduya Okafor Ormerod Osgood Padgett Parfitt Patel Pemberton Pickersgill Quayle Rahman Ramsbottom Rathbone Redfern
		Ridgway Rosser Rudd Saleem Sandhu Scarfe Selby Shackleton Sheldrake Silva Skelton Sowerby Stainforth Sutcliffe Swales Tamblyn Tempest Thackray Thwaite
		Tilbrook Tordoff Trelawny Tunnicliffe Uddin Underhill Varley Venning Wadsworth Wardle Weatherill Whitlow Widdop Wragg Yeardley Zaman`)
	firstNames = strings.Fields(`Aaliyah Abigail Adam Agnes Ahmed Aisha Alan Alice Amina Amit Andrew Angela Anil Anna Arthur Asha Barbara Ben Bridget Bronwen Callum
		Carol Catherine Cerys Charles Chinwe Clare Colin Craig Daisy David Deepa Denise Derek Diane Dylan Edwin Eileen Elaine Elena Emma Eric Esther Ewan Farah Fiona
		Frances Gareth Gemma George Gillian Gita Gordon Graham Gwen Hamza Harriet Hazel Heather Helen Henry Hugh Imran Irene Isla Ivan Jack Jacqueline James Jamila
		Janet Jasmin Jaswinder Joan Joel Joyce Judith Kamal Karen Keith Kenneth Kiran Kofi Laura Leila Leonard Lesley Liam Linda Lorna Lydia Magda Malcolm Margaret
		Marion Martin Maryam Maureen Meera Miriam Mohsin Morgan Nadine Nasreen Neil Nigel Nina Noor Norma Olive Oliver Oscar Pamela Patrick Paula Pauline Percy Peter
		Philippa Prakash Priya Rachel Rafiq Rajesh Rhys Rita Robert Robin Rosa Rosalind Rupa Salim Samira Sandra Sara Sean Sheila Shirin Simon Stella Stephen Sylvia
		Tara Teresa Thomas Trevor Una Ursula Vera Victor Vijay Wendy William Yasmin Yvonne Zainab Zoe`)
)

// namer invents names, each once.
type namer struct {
	r    *rand.Rand
	used map[string]bool
}

// once draws until the name was not there before.
func (n *namer) once(draw func() string) string {
	for i := 0; ; i++ {
		name := draw()
		if i > 1000 {
			name = fmt.Sprintf("%s %d", name, i) // a list of words that is too short for the size asked for
		}
		if !n.used[name] {
			n.used[name] = true
			return name
		}
	}
}

func (n *namer) place() string {
	return n.once(func() string { return pick(n.r, placeStarts) + pick(n.r, placeEnds) })
}

// practice is named after its street, its town or both, or after two people.
func (n *namer) practice(town string) string {
	return n.once(func() string {
		street := pick(n.r, streets)
		switch n.r.IntN(10) {
		case 0:
			return "Drs " + pick(n.r, surnames) + " and " + pick(n.r, surnames)
		case 1, 2:
			return "The " + street + " " + pick(n.r, kinds)
		case 3, 4:
			return town + " " + street + " " + pick(n.r, kinds)
		default:
			return street + " " + pick(n.r, roads) + " " + pick(n.r, kinds)
		}
	})
}

// person is a name with an address at an invented place; no two people have the same address.
func (n *namer) person(at string) (name, email string) {
	n.once(func() string {
		name = pick(n.r, firstNames) + " " + pick(n.r, surnames)
		email = strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@" + at + ".example"
		return email
	})
	return name, email
}

// slug is a name as part of an address.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words, "-")
}
